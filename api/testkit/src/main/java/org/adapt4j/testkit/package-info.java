/** Contract suites: extend one in a plug-in's tests and its promises are checked. */
@NullMarked
package org.adapt4j.testkit;

import org.jspecify.annotations.NullMarked;
