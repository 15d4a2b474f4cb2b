// expect: periods need a field that is a Timestamp
#include "collections/must_not_compile/parcel.hpp"

void ask(const es::DocumentsOf<Parcel>& parcels, const es::DocumentsOf<Balance>& balances) {
  (void)balances;
  (void)parcels;
  (void)parcels.sums_by<es::Period::day, &Parcel::cents, &Parcel::cents>();
}
