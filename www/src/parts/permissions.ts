// What the permissions of a fine-grained token mean, as the Hub's settings page words them. The list is open: the Hub
// adds permissions without notice.

const MEANINGS: Record<string, string> = {
  "repo.content.read": "read the contents of private repos",
  "repo.write": "write contents and settings; create, move and delete repos",
  "repo.access.read": "see requests for access to gated repos",
  "repo.access.write": "answer requests for access to gated repos",
  "discussion.write": "open and comment on discussions and pull requests",
  "post.write": "interact with posts",
  "collection.read": "read collections",
  "collection.write": "manage collections",
  "inference.serverless.write": "call Inference Providers",
  "inference.endpoints.infer.write": "call Inference Endpoints",
  "inference.endpoints.write": "create and manage Inference Endpoints",
  "job.write": "run and manage Jobs",
  "org.read": "read the organisation’s settings",
  "org.write": "manage settings and members",
  "org.serviceAccounts.read": "see service accounts and their tokens",
  "org.serviceAccounts.write": "manage service accounts and their tokens",
  "org.networkSecurity.read": "see network security settings",
  "org.networkSecurity.write": "change network security settings",
  "resourceGroup.write": "manage resource groups",
  "user.billing.read": "see billing usage",
  "user.webhooks.read": "see webhooks",
  "user.webhooks.write": "manage webhooks",
  "user.notifications.read": "read notifications",
  "user.notifications.write": "mark and delete notifications",
};

export const meaning = (permission: string): string | undefined =>
  Object.hasOwn(MEANINGS, permission) ? MEANINGS[permission] : undefined;
