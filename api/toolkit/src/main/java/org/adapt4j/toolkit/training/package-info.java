/** Gradients, the optimiser, and weights as the contract's parameters. */
@NullMarked
package org.adapt4j.toolkit.training;

import org.jspecify.annotations.NullMarked;
