// expect: sums need a field that is a number
#include "collections/must_not_compile/parcel.hpp"

void ask(const es::DocumentsOf<Parcel>& parcels, const es::DocumentsOf<Balance>& balances) {
  (void)balances;
  (void)parcels;
  (void)parcels.sums_by<es::Period::day, &Parcel::created_at, &Parcel::status>();
}
