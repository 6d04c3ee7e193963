#include "cli/resource_verbs.h"

#include <CLI/CLI.hpp>
#include <deque>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/field_value.h"
#include "cli/noun_verb.h"
#include "cli/product_words.h"
#include "cli/remote_verb.h"
#include "cli/resource_calls.h"
#include "cli/resource_record.h"
#include "cli/text.h"
#include "cli/write_flags.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/write.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using KindPtr = std::shared_ptr<const ResourceKind>;

ExitCode PrintResource(const ResourceKind& kind, const Message& resource, Session& session) {
  const absl::StatusOr<ResourceRecorder> recorder = ResourceRecorder::Make(kind, session.products);
  if (!recorder.ok()) return ReportCallError(recorder.status(), session.console);
  return PrintRecord(ColumnsOf(kind), recorder->RecordOf(resource), session.form, session.console);
}

// The id of what is called so, where the kind is one of products; else, and where none is, the word
// itself, for the server to complain about.
absl::StatusOr<std::string> NamedId(const ResourceKind& kind, const std::string& word,
                                    ProductWords& products) {
  absl::StatusOr<std::string> id = word;
  if (kind.resource == v1::Sku::descriptor()) {
    const absl::StatusOr<v1::Sku> sku = products.FindSku(word);
    id = sku.ok() ? absl::StatusOr<std::string>(sku->sku_id()) : sku.status();
  } else if (kind.resource == v1::ServicePlan::descriptor()) {
    id = products.FindPlan(word);
  }
  return absl::IsNotFound(id.status()) ? word : id;
}

std::string Called(const ResourceKind& kind, const std::string& id) {
  return absl::StrCat(kind.noun, " '", Printable(id), "'");
}

std::string Examples(const ResourceKind& kind, absl::string_view word, absl::string_view first,
                     absl::string_view second) {
  const std::string call = absl::StrCat("  seatwise ", kind.noun, " ", word, " ");
  return absl::StrCat(call, first, "\n", call, second);
}

// What an update's mask has to say for a field that was set: what one flag says may be another
// field of the same oneof.
std::string MaskPath(const Message& resource, const FieldDescriptor& field) {
  const google::protobuf::OneofDescriptor* oneof = field.real_containing_oneof();
  if (oneof == nullptr) return field.name();
  const FieldDescriptor* set = resource.GetReflection()->GetOneofFieldDescriptor(resource, oneof);
  return set == nullptr ? field.name() : set->name();
}

// The flags of a resource's fields, as they were typed.
class FieldFlags {
 public:
  void Declare(CLI::App& verb, const ResourceKind& kind) {
    for (const ResourceField& field : kind.fields) {
      if (field.flag.empty()) continue;
      typed_.emplace_back();
      const bool many = FieldOf(kind, field.name).is_repeated();
      CLI::Option* option = verb.add_option(
          field.flag, typed_.back(), absl::StrCat(field.help, many ? "; may be repeated" : ""));
      option->type_name(field.type)->expected(1);
      if (many) option->take_all();
      if (field.holds == NamedProducts::kSkus) skus_.push_back(&typed_.back());
      if (field.holds == NamedProducts::kPlans) plans_.push_back(&typed_.back());
      flags_.push_back({.field = &field, .option = option, .typed = &typed_.back()});
    }
  }

  bool any() const {
    for (const Flag& flag : flags_) {
      if (flag.option->count() > 0) return true;
    }
    return false;
  }

  // What was typed for fields that hold ids of SKUs, and of service plans.
  const std::vector<std::vector<std::string>*>& skus() const { return skus_; }
  const std::vector<std::vector<std::string>*>& plans() const { return plans_; }

  // Sets the fields that were given, and answers their names.
  absl::StatusOr<std::vector<std::string>> ApplyTo(Message& resource) const {
    std::vector<std::string> names;
    for (const Flag& flag : flags_) {
      if (flag.option->count() == 0) continue;
      const FieldDescriptor& field = *resource.GetDescriptor()->FindFieldByName(flag.field->name);
      const absl::Status set = SetValue(resource, field, *flag.typed);
      if (!set.ok()) {
        return absl::InvalidArgumentError(absl::StrCat(flag.field->flag, ": ", set.message()));
      }
      names.push_back(MaskPath(resource, field));
    }
    return names;
  }

 private:
  struct Flag {
    const ResourceField* field;
    const CLI::Option* option;
    const std::vector<std::string>* typed;
  };

  std::deque<std::vector<std::string>> typed_;
  std::vector<std::vector<std::string>*> skus_;
  std::vector<std::vector<std::string>*> plans_;
  std::vector<Flag> flags_;
};

class ListVerb final : public RemoteVerb {
 public:
  explicit ListVerb(KindPtr kind)
      : RemoteVerb({.name = "list",
                    .description = "List all",
                    .examples = Examples(*kind, "list", "--tenant contoso", "-o csv"),
                    .lists = true},
                   TenantUse::kOne),
        kind_(std::move(kind)) {}

 private:
  void DeclareOwn(CLI::App&) override {}

  ExitCode Do(Session& session) override {
    const absl::StatusOr<ResourceRecorder> recorder =
        ResourceRecorder::Make(*kind_, session.products);
    if (!recorder.ok()) return ReportCallError(recorder.status(), session.console);
    RecordPrinter printer(ColumnsOf(*kind_), session.form, session.console);
    ExitCode printed = ExitCode::kOk;
    const absl::Status listed = ResourceCalls(*kind_, session.client)
                                    .ForEach(TenantName(session.tenant), [&](const Message& row) {
                                      printed = printer.Add(recorder->RecordOf(row));
                                      return printed == ExitCode::kOk;
                                    });
    if (!listed.ok()) return ReportCallError(listed, session.console);
    if (printed != ExitCode::kOk) return printed;
    return printer.Finish(absl::StrCat("there is no ", kind_->noun, "; make one with: seatwise ",
                                       kind_->noun, " create"));
  }

  const KindPtr kind_;
};

class GetVerb final : public RemoteVerb {
 public:
  explicit GetVerb(KindPtr kind)
      : RemoteVerb({.name = "get",
                    .description = "Show one",
                    .examples = Examples(*kind, "get", kind->example_id,
                                         absl::StrCat(kind->example_id, " -o json"))},
                   TenantUse::kOne),
        kind_(std::move(kind)) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("ID", id_, absl::StrCat("Which ", kind_->noun))->required()->type_name("");
  }

  ExitCode Do(Session& session) override {
    const absl::StatusOr<std::string> id = NamedId(*kind_, id_, session.products);
    if (!id.ok()) return ReportCallError(id.status(), session.console);
    const ResourceCalls calls(*kind_, session.client);
    const MessagePtr request = calls.Request("Get");
    ResourceCalls::Set(*request, "name", ChildName(session.tenant, kind_->collection, *id));
    const absl::StatusOr<MessagePtr> response = calls.Call("Get", *request);
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    return PrintResource(*kind_, calls.Resource(**response), session);
  }

  const KindPtr kind_;
  std::string id_;
};

// What a response to a write says of it.
v1::WriteResult ResultOf(const Message& response) {
  const FieldDescriptor* field = response.GetDescriptor()->FindFieldByName("result");
  v1::WriteResult result;
  result.ParseFromString(response.GetReflection()->GetMessage(response, field).SerializeAsString());
  return result;
}

// create and update.
class PutVerb final : public RemoteVerb {
 public:
  PutVerb(KindPtr kind, bool creates)
      : RemoteVerb(WordsOf(*kind, creates), TenantUse::kOne),
        kind_(std::move(kind)),
        creates_(creates) {}

 private:
  static Words WordsOf(const ResourceKind& kind, bool creates) {
    const std::string example = absl::StrCat(kind.example_id, " ", kind.example_flags);
    if (creates) {
      return {.name = "create",
              .description = "Make a new one",
              .examples = Examples(kind, "create", example,
                                   absl::StrCat(kind.example_id, " --validate-only"))};
    }
    return {
        .name = "update",
        .description = "Change some fields of one; the others stay",
        .examples = Examples(kind, "update", example, absl::StrCat(example, " --validate-only"))};
  }

  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("ID", id_, absl::StrCat("Which ", kind_->noun))->required()->type_name("");
    fields_.Declare(verb, *kind_);
    for (std::vector<std::string>* skus : fields_.skus()) NamesSkus(*skus);
    for (std::vector<std::string>* plans : fields_.plans()) NamesPlans(*plans);
    if (!creates_) verb.add_flag("--or-create", or_create_, "Make it if there is none");
    write_.Declare(verb);
  }

  ExitCode Check(Console& console) override {
    if (creates_ || or_create_ || fields_.any()) return ExitCode::kOk;
    return console.Fail("name at least one field to change; see --help", ExitCode::kUsage);
  }

  absl::StatusOr<MessagePtr> MakeRequest(const ResourceCalls& calls, const Session& session) const {
    MessagePtr request = calls.Request(creates_ ? "Create" : "Update");
    Message& resource = calls.Resource(*request);
    ResourceCalls::Set(resource, IdOf(*kind_).name().c_str(), id_);
    SEATWISE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, fields_.ApplyTo(resource));
    ResourceCalls::Set(*request, "request_id", write_.request_id());
    ResourceCalls::Set(*request, "validate_only", write_.validate_only());
    if (creates_) {
      ResourceCalls::Set(*request, "parent", TenantName(session.tenant));
      return request;
    }
    ResourceCalls::Set(resource, "name", ChildName(session.tenant, kind_->collection, id_));
    ResourceCalls::Set(*request, "allow_missing", or_create_);
    for (const std::string& field : fields) ResourceCalls::AddToMask(*request, field);
    return request;
  }

  ExitCode Do(Session& session) override {
    const ResourceCalls calls(*kind_, session.client);
    const absl::StatusOr<MessagePtr> request = MakeRequest(calls, session);
    if (!request.ok()) {
      return session.console.Fail(request.status().message(), ExitCode::kUsage);
    }
    const absl::StatusOr<MessagePtr> response =
        calls.Call(creates_ ? "Create" : "Update", **request);
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    const std::string text =
        WriteText(Called(*kind_, id_), creates_ ? "created" : "updated", ResultOf(**response),
                  write_.validate_only(), session.console);
    if (session.form == OutputForm::kTable) return session.console.Print(text);
    return PrintResource(*kind_, calls.Resource(**response), session);
  }

  const KindPtr kind_;
  const bool creates_;
  std::string id_;
  FieldFlags fields_;
  bool or_create_ = false;
  WriteFlags write_;
};

class DeleteVerb final : public RemoteVerb {
 public:
  explicit DeleteVerb(KindPtr kind)
      : RemoteVerb({.name = "delete",
                    .description = "Delete one",
                    .examples = Examples(*kind, "delete", kind->example_id,
                                         absl::StrCat(kind->example_id, " --if-exists"))},
                   TenantUse::kOne),
        kind_(std::move(kind)),
        cascades_(CanCascade(*kind_)) {}

 private:
  // Whether anything can name such a resource. Asked of the request's type.
  static bool CanCascade(const ResourceKind& kind) {
    const auto* request = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
        absl::StrCat("seatwise.v1.Delete", kind.resource->name(), "Request"));
    return request->FindFieldByName("cascade") != nullptr;
  }

  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("ID", id_, absl::StrCat("Which ", kind_->noun))->required()->type_name("");
    if (cascades_) verb.add_flag("--cascade", cascade_, "Delete what names it as well");
    verb.add_flag("--if-exists", if_exists_, "It is well if there is none");
    write_.Declare(verb);
  }

  ExitCode Do(Session& session) override {
    const ResourceCalls calls(*kind_, session.client);
    const MessagePtr request = calls.Request("Delete");
    ResourceCalls::Set(*request, "name", ChildName(session.tenant, kind_->collection, id_));
    ResourceCalls::Set(*request, "allow_missing", if_exists_);
    ResourceCalls::Set(*request, "request_id", write_.request_id());
    ResourceCalls::Set(*request, "validate_only", write_.validate_only());
    if (cascades_) ResourceCalls::Set(*request, "cascade", cascade_);
    const absl::StatusOr<MessagePtr> response = calls.Call("Delete", *request);
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    if (session.form == OutputForm::kTable) {
      return session.console.Print(absl::StrCat(
          Called(*kind_, id_), write_.validate_only() ? " would be" : "", " deleted\n"));
    }
    return PrintRecord({{.key = "id"}, {.key = "revision", .is_number = true}},
                       {id_, int64_t{ResultOf(**response).revision()}}, session.form,
                       session.console);
  }

  const KindPtr kind_;
  const bool cascades_;
  std::string id_;
  bool cascade_ = false;
  bool if_exists_ = false;
  WriteFlags write_;
};

}  // namespace

std::unique_ptr<Verb> MakeResourceVerb(ResourceKind kind) {
  const auto shared = std::make_shared<const ResourceKind>(std::move(kind));
  std::vector<std::unique_ptr<RemoteVerb>> words;
  words.push_back(std::make_unique<ListVerb>(shared));
  words.push_back(std::make_unique<GetVerb>(shared));
  words.push_back(std::make_unique<PutVerb>(shared, /*creates=*/true));
  words.push_back(std::make_unique<PutVerb>(shared, /*creates=*/false));
  words.push_back(std::make_unique<DeleteVerb>(shared));
  return MakeNounVerb(shared->noun, shared->description,
                      absl::StrCat("  seatwise ", shared->noun, " list --tenant contoso\n",
                                   "  seatwise ", shared->noun, " get ", shared->example_id),
                      std::move(words));
}

}  // namespace seatwise::cli
