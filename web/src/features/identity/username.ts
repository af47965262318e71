/** What a username looks like. */

export const USERNAME = /^[a-z0-9_]{3,32}$/;
