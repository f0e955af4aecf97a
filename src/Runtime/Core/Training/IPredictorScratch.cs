namespace SdCompiler.Runtime;

/// <summary>The buffers of one call of a predictor.</summary>
internal interface IPredictorScratch
{
    /// <summary>The weights that the call reads.</summary>
    ModelParameters Parameters { get; }

    /// <summary>Who else computes the call in work, or null for nobody.</summary>
    PredictorTeam? Team { get; set; }
}
