/** Measuring a policy, off the budget. */
@NullMarked
package org.adapt4j.api.evaluation;

import org.jspecify.annotations.NullMarked;
