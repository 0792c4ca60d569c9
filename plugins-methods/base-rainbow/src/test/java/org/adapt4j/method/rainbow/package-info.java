@NullMarked
package org.adapt4j.method.rainbow;

import org.jspecify.annotations.NullMarked;
