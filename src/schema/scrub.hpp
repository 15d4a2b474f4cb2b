#pragma once
// Removes the meaning of a payload, by its type alone: its shape stays, its contents go.
//
// The result depends on shapes only: two payloads that differ only in letters, digits of the same number of bits, or
// days give the same bytes. So no key and no table leads back.
//
// text        each letter, digit and character beyond ASCII is replaced by one of as many bytes that its place alone
//             decides. Of a word stays whether it is in small letters, in capitals, begins with a capital, is a number,
//             or has letters and digits. ASCII punctuation, blanks and control characters stay
// number      the same sign and the same number of bits (of a fraction: the same exponent); 0, -0, the smallest, the
//             largest, infinities and NaN stay
// time        one day of 2001, or of 1951 where it lay before 1970, as precise as it was: a day, a minute, a second,
//             milliseconds, microseconds; the first, the last and 1970-01-01T00:00:00Z stay
// uuid        one of the same version and variant; all zeros and all ones stay
// bytes       as many others
// map         keys are replaced as texts are, and stay different from one another
// free data   likewise within it; numbers digit by digit
// Unchanged: booleans, enumerators, whether an optional has a value, and the number of elements of lists and maps.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/type.hpp>

namespace eventstore {
inline namespace v1 {

/// `bytes`, a whole value of `type`, scrubbed; again a value of `type`, of as many bytes wherever free data was in its
/// shortest form.
/// Errors: corrupt_record, and as check_value, where the bytes are not a value that could be stored today.
/// Cost: a few passes over the bytes.
Result<Bytes> scrub(const Type& type, BytesView bytes);

}  // namespace v1
}  // namespace eventstore
