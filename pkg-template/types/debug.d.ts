/** What {@link HubOptions.debug} is told of one request: that it leaves, then that it was answered or failed. */
export type DebugEvent = DebugRequest | DebugAnswer | DebugFailure;

/** What all three say. */
interface DebugAbout {
  /** The request's number in this program; its answer or failure has the same. */
  id: number;
  /** The `id` of the first request of the same call: a redirect's next hop, a repeat and a question about the token follow under it. */
  call: number;
  /** `GET` */
  method: string;
  /** Origin and path, never the query; what looks like a secret in it is `****`. */
  url: string;
}

/** A request leaves. */
export interface DebugRequest extends DebugAbout {
  /** It is about to be sent. */
  type: "request";
  /** Whether the token goes along. */
  authorized: boolean;
}

/** An answer came, and was read to its end except for `hub.fetch`. */
export interface DebugAnswer extends DebugAbout {
  /** It was answered. */
  type: "answer";
  /** 0 for a redirect that a browser keeps to itself. */
  status: number;
  /** Milliseconds since the request left. */
  ms: number;
  /** Quote it when you ask Hugging Face for help; absent where the answer has none or a browser hides it. */
  requestId?: string;
}

/** No answer came, or one that broke off. */
export interface DebugFailure extends DebugAbout {
  /** It ended without an answer. */
  type: "failure";
  /** As the error that the call may end with. */
  code: Extract<ErrorCode, "network" | "timeout" | "aborted" | "truncated" | "response_too_large" | "invalid_response">;
  /** Milliseconds since the request left. */
  ms: number;
}
