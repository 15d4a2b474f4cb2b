// expect: not a field of the document
#include "collections/must_not_compile/parcel.hpp"

void ask(const es::DocumentsOf<Parcel>& parcels, const es::DocumentsOf<Balance>& balances) {
  (void)balances;
  (void)parcels;
  (void)parcels.where<&Balance::cents>(5);
}
