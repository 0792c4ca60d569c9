/**
 * Environments by the slot: a benchmark says what happens in one ({@link org.adapt4j.toolkit.environment.Slot}), and {@link
 * org.adapt4j.toolkit.environment.SlotBatch} plays many of them together.
 */
@NullMarked
package org.adapt4j.toolkit.environment;

import org.jspecify.annotations.NullMarked;
