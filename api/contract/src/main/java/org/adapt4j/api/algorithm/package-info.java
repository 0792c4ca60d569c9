/** Base algorithms: how one update is made. The only package of the contract that sees tensors. */
@NullMarked
package org.adapt4j.api.algorithm;

import org.jspecify.annotations.NullMarked;
