/** How often, and how many at once: exact limits in bounded memory, for one process, several threads, or several machines. */
export {};
