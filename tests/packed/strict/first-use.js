/** How each of the first things that one does with the package fails. */
export const firstUse = async (hubkey) => {
  const uses = { Hub: () => new hubkey.Hub(), maskToken: () => hubkey.maskToken("hf_x"), tokenKind: () => hubkey.tokenKind("hf_x") };
  const out = {};
  for (const [name, use] of Object.entries(uses)) {
    try {
      use();
      out[name] = "worked";
    } catch (error) {
      const { code, message, hint, retryable, cause } = error;
      out[name] = { known: error instanceof hubkey.HubError && hubkey.isHubError(error), code, message, hint, retryable, cause: `${cause}` };
    }
  }
  return out;
};
