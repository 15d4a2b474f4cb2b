// compiles
#include "collections/must_not_compile/parcel.hpp"

void ask(const es::DocumentsOf<Parcel>& parcels) {
  (void)parcels.where<&Parcel::status>("open").where<&Parcel::wrapping, &Wrapping::fragile>(true).newest(10);
  (void)parcels.where_at_least<&Parcel::cents>(5).oldest<&Parcel::cents>(10);
  (void)parcels.sums_by<es::Period::day, &Parcel::created_at, &Parcel::cents>();
}
