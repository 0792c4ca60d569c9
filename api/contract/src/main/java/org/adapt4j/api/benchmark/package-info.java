/** A family of tasks with a training and a held-out part. */
@NullMarked
package org.adapt4j.api.benchmark;

import org.jspecify.annotations.NullMarked;
