/** What nearly every command reads: one file of the package (tsup.config.ts). */
// oxlint-disable import/no-unassigned-import -- that they are loaded together is the point
import "./access-plan.ts";
import "./announcement.ts";
import "./app.ts";
import "./command-line.ts";
import "./configuration/configuration.ts";
import "./contradictions.ts";
import "./duration.ts";
import "./listen.ts";
import "./reach.ts";
import "./reports.ts";
import "./serve-words.ts";
import "./signals.ts";
