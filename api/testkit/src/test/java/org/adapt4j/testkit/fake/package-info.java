@NullMarked
package org.adapt4j.testkit.fake;

import org.jspecify.annotations.NullMarked;
