interface ImportMetaEnv {
  /** Where the Hub is; absent for huggingface.co. */
  readonly VITE_HUB_ENDPOINT?: string;
}
