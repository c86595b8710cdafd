/** As tsup takes them; its command reads this file. */
const options: object = {
  entry: ["src/index.ts"],
  format: "esm",
  target: "es2024",
  clean: true,
  silent: true,
  plugins: [
    {
      // The bundler makes variables of a module's constants. As constants they are part of the compiled code, tables and
      // window by their address (decision 014).
      name: "constants",
      renderChunk: (code: string) => ({ code: code.replace(/^var (?=[A-Z][A-Z\d_]* = )/gm, "const ") }),
    },
  ],
};

export default options;
