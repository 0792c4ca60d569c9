/** Which task to demonstrate next: kernels over steps of demonstrations, Gaussian posteriors, importance weights, objectives. */
@NullMarked
package org.adapt4j.method.selection;

import org.jspecify.annotations.NullMarked;
