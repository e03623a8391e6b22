// What each cell does with the package: sign in, list a page, meet a bad token, sign out. No init call.
// It imports nothing, so that every bundler and every realm can take it.

/**
 * @param {typeof import("hubkey")} hubkey the package as this place got it
 * @param {{ hubUrl: string, token: string, badToken: string }} settings
 * @returns plain data, so that it can cross from a page, a worker or another process
 */
export async function story({ Hub, HubError, isHubError }, { hubUrl, token, badToken }) {
  const hub = new Hub({ endpoint: hubUrl });
  const me = await hub.login({ token });
  const models = [];
  for await (const model of hub.listModels({ author: me.name, limit: 5 })) models.push(model.id);

  const bad = await new Hub({ endpoint: hubUrl }).login({ token: badToken }).catch((error) => error);
  await hub.logout();
  const after = await hub.whoami().catch((error) => error);
  return {
    login: { name: me.name, role: me.token.role, persisted: me.persisted },
    models,
    bad: {
      code: bad.code,
      status: bad.status,
      isHubError: isHubError(bad),
      isInstance: bad instanceof HubError && bad instanceof Error,
      hasHint: bad.hint?.length > 10,
      tellsToken: `${bad.message} ${bad.stack} ${JSON.stringify(bad)}`.includes(badToken),
    },
    logout: { token: await hub.getToken(), code: after.code },
  };
}
