/** A port into connections: addresses, limits, counters, one timer for all deadlines, and the way to stop. */
export {
  createListener,
  Listener,
  type ListenerCounters,
  type ListenerOptions,
  type RefusalReason,
} from "./listener.ts";
export { type BoundAddress, formatAuthority, type ListenAddress } from "./listen-address.ts";
export { ListenError } from "./listen-error.ts";
export { inheritedListenAddress } from "./inherited-socket.ts";
export { type Deadline, DeadlineSweep } from "./deadline-sweep.ts";
export { type ByteReceiver, receiveBytes, stopReceiving } from "./shared-reads.ts";
