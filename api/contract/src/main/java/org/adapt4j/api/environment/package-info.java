/** Batched environments and the caller-owned memory they write into. */
@NullMarked
package org.adapt4j.api.environment;

import org.jspecify.annotations.NullMarked;
