@NullMarked
package org.adapt4j.testkit.toy;

import org.jspecify.annotations.NullMarked;
