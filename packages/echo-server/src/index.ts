/** Every byte back, in order: the smallest server on the listener. */
export {};
