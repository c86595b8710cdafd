/** In the making. */
