/** Services of a run: budget, random streams, metrics. Seen by every package, sees none. */
@NullMarked
package org.adapt4j.api.run;

import org.jspecify.annotations.NullMarked;
