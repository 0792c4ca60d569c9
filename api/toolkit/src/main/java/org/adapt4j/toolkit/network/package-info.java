/** Networks as pure functions of their weights, which lie in one flat vector. */
@NullMarked
package org.adapt4j.toolkit.network;

import org.jspecify.annotations.NullMarked;
