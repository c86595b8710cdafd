/** How an option is called where it is not typed. */

export const VARIABLE_PREFIX = "TINYHTTP_";

/** In the environment: `clean-urls` is `TINYHTTP_CLEAN_URLS`. */
export function variableName(name: string): string {
  return `${VARIABLE_PREFIX}${name.replaceAll("-", "_").toUpperCase()}`;
}

/** In a configuration file: `clean-urls` is `cleanUrls`. */
export function configKey(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
