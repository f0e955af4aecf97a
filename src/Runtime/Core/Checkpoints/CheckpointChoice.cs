namespace SdCompiler;

/// <summary>Which checkpoint of a folder is meant.</summary>
public enum CheckpointChoice
{
    /// <summary>The one that was saved last.</summary>
    Latest = 0,

    /// <summary>The one with the best validation figure.</summary>
    Best = 1,
}
