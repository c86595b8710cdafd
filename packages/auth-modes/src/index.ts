/** Who may ask for what: private, unprivate and public, API keys, scopes and sessions. */
export {};
