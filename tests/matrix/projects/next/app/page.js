"use client";

import { useEffect } from "react";
import { Hub, HubError, isHubError } from "hubkey";
import { story } from "../story.mjs";

export default function Page() {
  useEffect(() => {
    globalThis.run = (settings) => story({ Hub, HubError, isHubError }, settings);
  }, []);
  return <h1>hubkey</h1>;
}
