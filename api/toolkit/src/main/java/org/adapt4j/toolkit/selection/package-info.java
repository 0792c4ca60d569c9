/** Which task to demonstrate next: kernels over steps of demonstrations, Gaussian posteriors, importance weights, objectives. */
@NullMarked
package org.adapt4j.toolkit.selection;

import org.jspecify.annotations.NullMarked;
