/** Run folders: durable files, append-only logs, the cells of a run, their processes and their order. */
@NullMarked
package org.adapt4j.runtime.run;

import org.jspecify.annotations.NullMarked;
