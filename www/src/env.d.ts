interface ImportMetaEnv {
  /** Where the Hub is; absent for huggingface.co. */
  readonly VITE_HUB_ENDPOINT?: string;
  /** The app that people sign in with; absent in a Space, which has its own, and with a Hub on this machine. */
  readonly VITE_OAUTH_CLIENT_ID?: string;
}
