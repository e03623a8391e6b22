// One call from the module describes a failure whole; the facade makes it a HubError.
export const describe = (code, message, hint, docs, retryable, status, retryAfterMs, requestId, request, named, detail, cause, reason) => {
  const it = { code, message, hint, docs, retryable };
  if (status) it.status = status;
  if (retryAfterMs !== undefined) it.retryAfterMs = retryAfterMs;
  if (requestId) it.requestId = requestId;
  if (request) it.request = request;
  if (detail) it[named] = detail;
  if (reason) it.cause = cause;
  else if (cause !== undefined) it.because = cause;
  return it;
};
