namespace Situational.Domain.Territory;

/// <summary>A feature as read, before the tree is checked: its index in the file from 0, and its own shape or null if it omits one.</summary>
internal sealed record AreaDraft(int Feature, string Code, string Name, string Level, string? Parent, NetTopologySuite.Geometries.Geometry? Shape);
