/** Hand-made stand-ins for what the runtime gives a method: sessions, agents, random streams, metrics. */
@NullMarked
package org.adapt4j.testkit.fake;

import org.jspecify.annotations.NullMarked;
