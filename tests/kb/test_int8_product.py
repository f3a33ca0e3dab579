"""Products of vectors in 8 bits."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kb.int8_product import LARGEST, moved, moved_back, product

SIZES = st.tuples(st.integers(0, 9), st.integers(1, 70), st.integers(0, 9))


@given(st.data(), SIZES)
def test_every_number_is_exact(data, sizes) -> None:
    """Whatever the sizes, none and one among them, and the numbers, the extremes among them."""
    m, dim, n = sizes
    codes = data.draw(arrays(np.int8, (m, dim), elements=st.integers(-128, 127)))
    query = data.draw(arrays(np.int8, (n, dim), elements=st.integers(-LARGEST, LARGEST)))
    wanted = codes.astype(np.int64) @ query.T.astype(np.int64)
    np.testing.assert_array_equal(product(moved(codes), query), wanted)
    np.testing.assert_array_equal(moved_back(moved(codes)), codes)


def test_no_sum_overflows_at_the_extremes() -> None:
    """The largest numbers of either sign over the width of a vector."""
    codes = np.array([[-128] * 384, [127] * 384], np.int8)
    query = np.array([[LARGEST] * 384, [-LARGEST] * 384], np.int8)
    wanted = 384 * LARGEST * np.array([[-128, 128], [127, -127]])
    np.testing.assert_array_equal(product(moved(codes), query), wanted)
