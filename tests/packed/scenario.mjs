// What every consumer does with the package: sign in, list, meet a bad token, sign out. No init call.

/** Well formed, and nobody's. */
const NOBODYS = "hf_testnobody".padEnd(37, "0");

/**
 * @param {typeof import("hubkey")} hubkey the package as this consumer got it
 * @param {{ endpoint: string, token: string }} options
 * @returns plain data, so that it can cross from a page or a worker to the test
 */
export async function scenario({ Hub, HubError, isHubError }, { endpoint, token }) {
  const hub = new Hub({ endpoint });
  const me = await hub.login({ token });
  const models = [];
  for await (const model of hub.listModels({ author: me.name, limit: 5 })) models.push(model.id);

  const error = await new Hub({ endpoint }).login({ token: NOBODYS }).catch((thrown) => thrown);
  await hub.logout();
  const after = await hub.whoami().catch((thrown) => thrown);
  return {
    name: me.name,
    role: me.token.role,
    persisted: me.persisted,
    models,
    error: {
      isError: error instanceof Error && error instanceof HubError && isHubError(error),
      code: error.code,
      status: error.status,
      hasHint: error.hint?.length > 0,
      tellsToken: `${error.message} ${error.stack} ${JSON.stringify(error)}`.includes(NOBODYS),
    },
    signedOut: { token: await hub.getToken(), code: after.code },
  };
}
