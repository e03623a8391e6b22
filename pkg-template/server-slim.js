// What of a session goes into its cookie. Who has signed in may be in hundreds of organisations, and a cookie is short: what
// does not fit is left out, and whoami says it when it is asked.

const person = ({ type, id, name, token }) => ({ type, id, name, token });
const withoutOrgs = ({ orgs: _, ...rest }) => rest;

/** The record with less said of its people. Its form is the core's, in which a grant is a text of its own. */
const told = (record, less) => {
  const all = JSON.parse(record);
  for (const profile of all.profiles) {
    const grant = profile.grant && JSON.parse(profile.grant);
    if (grant?.identity) profile.grant = JSON.stringify({ ...grant, identity: less(grant.identity) });
  }
  return JSON.stringify(all);
};

/** What a session's value may be in a cookie: whole, then less and less of it. */
export function* everShorter(value) {
  yield value;
  if (value.record === undefined) return;
  for (const less of [withoutOrgs, person]) yield { ...value, record: told(value.record, less) };
}
