@NullMarked
package org.adapt4j.toolkit.value;

import org.jspecify.annotations.NullMarked;
