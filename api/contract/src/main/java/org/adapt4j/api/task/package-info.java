/** Tasks as data: what to play, and in which order. */
@NullMarked
package org.adapt4j.api.task;

import org.jspecify.annotations.NullMarked;
