// What a place forbids or hides. Each of these cases is played there too: `met` is what it has to fail with, and one that
// works is a mistake of this list.

const RESENDS = "Chromium itself sends again what was reset on a connection that it had kept open";
const FOLLOWS = "browsers show a page no redirect: reads are followed unseen, writes are refused";
const COUNTS = "a browser follows by itself, up to 20 hops, and tells an endless redirect as no answer";
const CORS_HEADERS = "no answer lets a page read RateLimit and Retry-After";
const ALONE = "a promise belongs to the request that began it: there each asks for itself";
const NO_WAY = "a page is not shown where a redirect leads; `sign-in` goes there as a person does";
const CORS_ASKS = "a page asks first, and the answer allows no such header there";
/** Of the cases at localhub, in any page. */
const UNSEEN = {
  "a sign-in there gives a token that works, once for each code": { because: NO_WAY, met: "callback?code= in null" },
  "what the person ticks and refuses is what comes back": { because: NO_WAY, met: "the callback's address is none" },
  "a code that is too old is refused there, and told without it": { because: NO_WAY, met: "the callback's address is none" },
};

export const exceptions = {
  chromium: {
    debug: {
      "each page, each hop of a redirect and the question whose token it was": { because: FOLLOWS, met: "expected [true,302,false,200], met [true,200]" },
    },
    deletion: {
      "it is never sent without a token or a name, nor twice": { because: RESENDS, met: "reset: expected 1, met 2" },
    },
    errors: {
      "a 429 says how long to wait, where it can be read": { because: CORS_HEADERS, met: "met false" },
    },
    existence: {
      "what cannot be told is an error": { because: RESENDS, met: "expected a failure, met true" },
    },
    fetch: {
      "elsewhere nothing is touched": { because: CORS_ASKS, met: "Failed to fetch" },
      "what is no address is refused as the platform does": { because: "a page has an address of its own, to which others are relative", met: "expected a failure" },
      "a redirect can be asked for as it is, or as a failure": { because: FOLLOWS, met: "met [0,null]" },
    },
    "oauth-hub": UNSEEN,
    overtaking: {
      "a doubt that cannot be settled stays one": { because: RESENDS, met: '{"type":"reset"}: expected unauthorized, met invalid_token' },
      "a stream is sent": { because: "Chromium sends streams over HTTP/2 and QUIC alone", met: "reading 'body'" },
    },
    redirects: {
      "headers that may be secrets stay behind, harmless ones go along": { because: CORS_ASKS, met: "Failed to fetch" },
      "a write that stays is repeated, or goes on as a read, as its status says": { because: FOLLOWS, met: "a write was redirected, and a browser does not show where to" },
      "a redirect without end is given up after six requests": { because: COUNTS, met: "expected too_many_redirects, met network" },
    },
    repos: {
      "it is never sent without a token, nor twice": { because: RESENDS, met: "reset: expected 1, met 2" },
    },
    validate: {
      "a 429 is undecided and says when to come again": { because: CORS_HEADERS, met: "expected 55000" },
      "no answer is undecided": { because: RESENDS, met: "expected a failure" },
    },
  },

  firefox: {
    "oauth-hub": UNSEEN,
  },

  workerd: {
    "oauth-code": {
      "many who ask for metadata at once ask once": { because: ALONE, met: "openid-configuration\",\"GET" },
    },
    permissions: {
      "many asked at the same time are one question": { because: ALONE, met: "expected 1, met 20" },
    },
    remembered: {
      "those who ask at the same time make one request": { because: ALONE, met: "expected [true,1], met [true,50]" },
      "one who leaves takes nobody along, and the last one ends it": { because: ALONE, met: 'expected ["ada","ada",1], met ["ada","ada",' },
      "a failure is everybody's, and the next one asks again": { because: ALONE, met: '["server_error","server_error"],1' },
    },
  },
};
