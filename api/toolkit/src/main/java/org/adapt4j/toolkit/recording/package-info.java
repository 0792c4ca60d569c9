/** Recorded episodes on their way to a file of some format. */
@NullMarked
package org.adapt4j.toolkit.recording;

import org.jspecify.annotations.NullMarked;
