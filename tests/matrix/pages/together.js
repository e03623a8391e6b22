// Two copies of the package in one page, used at once and by turns.
import { story } from "/story.mjs";

const same = (is, should, about) => {
  if (is !== should) throw new Error(`${about}: expected ${should}, met ${is}`);
};

export async function together(first, second, settings) {
  const { hubUrl: endpoint, token, badToken } = settings;
  same(first.Hub === second.Hub, false, "one class for both copies");
  const [report, other] = await Promise.all([story(first, settings), story(second, settings)]);
  same(JSON.stringify(other), JSON.stringify(report), "the second copy's report");

  const one = new first.Hub({ endpoint, store: first.localStore() }), two = new second.Hub({ endpoint, store: second.localStore() });
  await one.login({ token });
  same((await two.whoami()).name, "ada", "a sign-in of the first, read by the second");
  await two.logout();
  same(await new first.Hub({ endpoint, store: first.localStore() }).getToken(), null, "what the second's sign-out left for the first");

  const error = await new second.Hub({ endpoint }).login({ token: badToken }).catch((it) => it);
  same(first.isHubError(error), true, "isHubError for the other's error");
  same(error.code, "invalid_token", "its code");
  same(error instanceof first.HubError, false, "instanceof for the other's error");

  // A store made by one copy serves the other.
  const shared = first.memoryStore();
  await new first.Hub({ endpoint, store: shared }).login({ token });
  same((await new second.Hub({ endpoint, store: shared }).whoami()).name, "ada", "a memory store of the other's");
  return report;
}
