@NullMarked
package org.adapt4j.runtime.spark;

import org.jspecify.annotations.NullMarked;
