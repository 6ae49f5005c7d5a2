/** What is needed when a round ends or is left: not part of what the first round waits for. */
export { Ended } from "./ended";
export { Hint } from "./hint";
export { Leave } from "./leave";

import "../styles/lazy.css";
