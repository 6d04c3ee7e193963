#include "bench/workload/identity.h"

#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "bench/workload/random.h"

namespace seatwise::workload {

namespace {

constexpr absl::string_view kFirstNames[] = {
    "Ana", "Bob", "Carol", "Dan",  "Eve",  "Farid", "Grace", "Hugo",  "Ines",  "Jan",
    "Kim", "Lea", "Mina",  "Noor", "Omar", "Pia",   "Quinn", "Rosa",  "Sami",  "Tove",
    "Uma", "Vik", "Wanda", "Xia",  "Yara", "Zoe",   "Aiko",  "Bruno", "Chidi", "Dolores"};
constexpr absl::string_view kLastNames[] = {
    "Adler",  "Baker",  "Costa", "Duarte", "Evans",  "Fischer", "Garcia", "Haddad",  "Ito",
    "Jensen", "Kaya",   "Lopez", "Meyer",  "Nguyen", "Okafor",  "Patel",  "Qureshi", "Rossi",
    "Silva",  "Tanaka", "Usman", "Vogel",  "Weber",  "Xu",      "Yilmaz", "Zhang"};

// Users of a cluster have an address in common (Sharing::kByThousands).
constexpr uint32_t kClusterSize = 2'000;

// What of a user's name others need as well, to share the address.
struct Name {
  absl::string_view first;
  absl::string_view last;
};

Name PickName(Random& random) {
  return {kFirstNames[random.Below(std::size(kFirstNames))],
          kLastNames[random.Below(std::size(kLastNames))]};
}

std::string LocalPart(const Name& name, uint32_t user) {
  return absl::AsciiStrToLower(absl::StrCat(name.first, ".", name.last, ".", user));
}

std::string DisplayName(const Name& name, Random& random) {
  if (random.Chance(10'000)) return absl::StrCat(name.last, ", ", name.first);
  if (random.Chance(1'000)) return absl::StrCat(name.first, " \"", name.last, "\"");
  return absl::StrCat(name.first, " ", name.last);
}

// The main address of any user, spelled in capitals: addresses compare without regard to case.
std::string AddressOfSomeone(uint64_t seed, uint32_t users, Random& random) {
  const uint32_t user = random.Below(users);
  Random theirs(seed, Stream::kIdentity, user);
  return absl::AsciiStrToUpper(
      absl::StrCat("smtp:", LocalPart(PickName(theirs), user), "@contoso.example"));
}

std::string ProxyAddresses(absl::string_view local_part, Random& random) {
  std::string list = absl::StrCat("SMTP:", local_part, "@contoso.example");
  const uint32_t dice = random.Below(10);
  if (dice >= 5) absl::StrAppend(&list, ";smtp:", local_part, "@contoso.onmicrosoft.example");
  if (dice >= 8) absl::StrAppend(&list, ";smtp:", local_part, "@mail.fabrikam.example");
  return list;
}

// Users are spread over tenths by their number: the first tenth shares one address, the second
// shares in clusters.
std::string SharedAddress(uint32_t user) {
  if (user % 10 == 0) return ";smtp:everyone@contoso.example";
  if (user % 10 != 1) return "";
  return absl::StrCat(";smtp:cluster.", user / 10 / kClusterSize, "@contoso.example");
}

}  // namespace

Identity IdentityOf(uint64_t seed, uint32_t user, uint32_t users, Sharing sharing) {
  Random random(seed, Stream::kIdentity, user);
  const Name name = PickName(random);
  const std::string local_part = LocalPart(name, user);
  Identity identity;
  identity.user_principal_name = absl::StrCat(local_part, "@contoso.example");
  identity.display_name = DisplayName(name, random);
  identity.proxy_addresses = ProxyAddresses(local_part, random);
  if (random.Chance(500)) {
    absl::StrAppend(&identity.proxy_addresses, ";", AddressOfSomeone(seed, users, random));
  }
  if (sharing == Sharing::kByThousands) {
    absl::StrAppend(&identity.proxy_addresses, SharedAddress(user));
  }
  return identity;
}

}  // namespace seatwise::workload
