namespace SdCompiler.Samples.Tagger.Tags;

/// <summary>A place where tags break the rules of a scheme.</summary>
/// <param name="Line">The line of the tag.</param>
/// <param name="What">The tags that may not stand so.</param>
internal sealed record SchemeViolation(long Line, string What);
