/** Of a download, what JavaScript alone has. */
export interface FileOptions extends CallOptions {
  /**
   * Told after each chunk how many bytes have come, and how many will; `total` is absent where the server did not say.
   * What it throws ends the download and is what its readers meet.
   */
  onProgress?: (progress: { loaded: number; total?: number }) => void;
  /**
   * Time for the answer's headers, and for each chunk while it is waited for, in place of the client's `timeoutMs`. A chunk
   * that does not come in time counts as a cut.
   */
  timeoutMs?: number;
  /** In place of the client's `maxRetries`; also how often in a row it asks for the rest after a cut without a byte in between. */
  maxRetries?: number;
}

/**
 * A file whose bytes are still to come, or a part of one. It is read once: by `stream`, or by one of the methods, which
 * hold all of it in memory. Left unread it keeps its connection: `file.stream.cancel()` closes it.
 */
export interface DownloadedFile {
  /** Bytes of the whole file, also where a part was asked for. Absent where the server did not say or a browser hides it. */
  readonly size?: number;
  /** Without quotes: the SHA-256 of a large file, git's blob id of a small one. In a browser the tag of the place that a large one comes from. */
  readonly etag?: string;
  /** The commit that the revision stands for. Absent where a browser hides it: for large files. */
  readonly commit?: string;
  /** `application/json; charset=utf-8`. */
  readonly contentType?: string;
  /** The platform's own stream of `Uint8Array`. Reads nothing ahead; cancelling it, or leaving a `for await`, closes the connection. */
  readonly stream: NonNullable<Platform<"Response", { readonly body: AsyncIterable<Uint8Array> }>["body"]>;
  /** All bytes. */
  bytes(): Promise<Uint8Array>;
  /** All of it as UTF-8. */
  text(): Promise<string>;
  /** All of it as JSON. @throws {@link HubError} `invalid_response` when it is none */
  json<T = unknown>(): Promise<T>;
  /** All of it, with its content type. */
  blob(): Promise<Platform<"Blob", { readonly size: number; readonly type: string }>>;
}
