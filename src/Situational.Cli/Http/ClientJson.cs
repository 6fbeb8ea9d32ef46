using System.Text.Json;
using System.Text.Json.Serialization;
using Situational.Contracts.Http;

namespace Situational.Cli.Http;

/// <summary>The public contracts as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<FixRequest>))]
[JsonSerializable(typeof(PositionsAnswer))]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(CaseStepRequest))]
[JsonSerializable(typeof(CaseAnswer))]
[JsonSerializable(typeof(CasesAnswer))]
[JsonSerializable(typeof(CategoriesAnswer))]
[JsonSerializable(typeof(WhistleKindsAnswer))]
[JsonSerializable(typeof(RatingKindsAnswer))]
[JsonSerializable(typeof(TerritoryAnswer))]
[JsonSerializable(typeof(List<UnitAnswer>))]
[JsonSerializable(typeof(PassRequest))]
[JsonSerializable(typeof(PassAnswer))]
[JsonSerializable(typeof(AcknowledgeRequest))]
[JsonSerializable(typeof(AcknowledgedAnswer))]
[JsonSerializable(typeof(DutyRequest))]
[JsonSerializable(typeof(DutyAnswer))]
[JsonSerializable(typeof(SosRequest))]
[JsonSerializable(typeof(SosReplyRequest))]
[JsonSerializable(typeof(SosAnswer))]
[JsonSerializable(typeof(SquadMembersAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ClientJson : JsonSerializerContext;
