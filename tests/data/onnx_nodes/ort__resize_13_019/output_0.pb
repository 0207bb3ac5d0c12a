Jû
>.qG?.qG?•TH?yb”¿yb”¿•TH?yb”¿yb”¿•TH?yb”¿yb”¿›_V>kÄ¿kÄ¿›_V>kÄ¿kÄ¿›_V>kÄ¿kÄ¿ÂoÑ¿9ÏD?9ÏD?ÂoÑ¿9ÏD?9ÏD?ÂoÑ¿9ÏD?9ÏD?ÂoÑ¿9ÏD?9ÏD?ÂoÑ¿9ÏD?9ÏD?